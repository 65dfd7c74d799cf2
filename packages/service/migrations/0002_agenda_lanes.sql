-- Jobs of one lane run one after the other, and hold up nobody else: calls to one address that may not answer.

alter table agenda add column lane text;
create index agenda_lane on agenda (lane) where lane is not null;
