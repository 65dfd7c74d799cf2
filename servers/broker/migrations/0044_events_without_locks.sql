-- Events are never changed and never deleted, so nothing can leave a number or a place in the inbox without its event;
-- but each reference locked the event's row once more, which wrote it to disk again. `npm run verify` compares them.
alter table event_inbox drop constraint event_inbox_event_id_fkey;
alter table event_sequence drop constraint event_sequence_event_id_fkey;
