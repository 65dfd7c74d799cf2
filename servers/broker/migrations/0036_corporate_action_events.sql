-- What companies announce is told of on a stream of its own.
alter table events drop constraint events_stream_check;
alter table events add constraint events_stream_check check (stream in (
  'account', 'transfer', 'bank_relationship', 'trade', 'wire_bank', 'journal',
  'trade_activity', 'non_trade_activity', 'admin', 'system', 'corporate_action'));
