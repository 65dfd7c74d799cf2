-- When an item's client first asked for its trades and would rather be told when they are there.

alter table items add column investments_asked_at timestamptz;
