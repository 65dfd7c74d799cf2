-- The end of a Link session is told by webhook once, whichever call or silence brings it.
alter table link_sessions add column end_told_at timestamptz;
