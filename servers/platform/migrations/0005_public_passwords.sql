-- The demo's people have passwords that everybody may know: good only while the world is all ours.
alter table users add column password_is_public boolean not null default false;
