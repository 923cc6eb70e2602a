-- What an order said when it was taken, as a digest; null while it says that still, and of orders that were amended before this migration.
alter table service_order add column first_content_sealed text;
