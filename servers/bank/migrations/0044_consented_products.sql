-- What the person agreed to beside the products asked for, where the client said what that is; null is all that the bank sells.
alter table bank.items add column consented_products text[];
