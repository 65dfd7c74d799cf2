-- Every ACH transfer leaves in a file, but for these: those of before there were files, and what the simulation forced.
alter table transfers add column without_file text check (without_file in ('before', 'forced'));

update transfers set without_file = 'before'
where transfer_type = 'ach' and status in ('SENT_TO_CLEARING', 'COMPLETE', 'RETURNED');
