-- Streams that keep to one account find its events without reading everyone's.

create index event_sequence_by_account on event_sequence (account_id, seq);
