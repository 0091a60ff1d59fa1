import type { DatabaseEngine } from './database-engine.ts'
import { documents } from './database-engine.ts'

const asPostgres = 'setpriv --reuid=postgres --regid=postgres --init-groups'

/** PostgreSQL 15 of Debian, its data on a file system of its own. Everything is in the database `app`, in two schemas. */
export const postgres: DatabaseEngine = {
  kind: 'postgres',
  image: 'postgres',
  files: {},
  env: { PGUSER: 'postgres', PGDATABASE: 'postgres' },
  place:
    'mkdir "$DATA"; cp -a /var/lib/postgresql/data/. "$DATA"; rm -rf /var/lib/postgresql/data; chown postgres: "$DATA"; chmod 700 "$DATA"',
  server: `#!/bin/bash
# server start|stop|restart: as the init system of a host would do it.
cd /
ctl() { PGDATA=/srv/disk/database ${asPostgres} pg_ctl -s -w -t 40 "$@"; }
log=/var/lib/postgresql/server.log
start() { ctl start -l "$log" </dev/null || { tail -n 20 "$log" >&2; return 1; }; }
case $1 in
  start) ctl status >/dev/null 2>&1 || start ;;
  stop) ! ctl status >/dev/null 2>&1 || ctl stop -m fast ;;
  restart) ctl stop -m fast && start ;;
esac
`,
  empty: `psql -q -c 'DROP DATABASE app' -c 'DROP ROLE app, drill, replication'`,
  plant: (seeded) => `
CREATE ROLE app LOGIN PASSWORD 'app';
CREATE DATABASE app OWNER app;
ALTER DATABASE app SET statement_timeout = '77s';
\\connect app
CREATE SCHEMA shop AUTHORIZATION app; CREATE SCHEMA bank AUTHORIZATION app;
CREATE ROLE auditor; GRANT USAGE ON SCHEMA bank TO auditor;
CREATE ROLE clerk LOGIN PASSWORD 'inkwell' IN ROLE auditor;
GRANT USAGE ON SCHEMA shop TO clerk;
SET ROLE app;
CREATE TABLE bank.accounts (id int PRIMARY KEY, cents bigint NOT NULL);
CREATE TABLE bank.documents (id int PRIMARY KEY, body text NOT NULL);
ALTER TABLE bank.documents ALTER body SET STORAGE EXTERNAL;
CREATE TABLE shop.orders (id int PRIMARY KEY, customer text NOT NULL, cents int NOT NULL, seal text);
CREATE INDEX by_customer ON shop.orders (customer);
CREATE TABLE shop.order_lines (order_id int REFERENCES shop.orders, line int, cents int NOT NULL, note text NOT NULL,
  PRIMARY KEY (order_id, line));
CREATE VIEW shop.large_orders AS SELECT id, customer FROM shop.orders WHERE cents > 900;
CREATE FUNCTION shop.seal() RETURNS trigger LANGUAGE plpgsql AS
  $$BEGIN NEW.seal = md5(NEW.id || ':' || NEW.cents); RETURN NEW; END$$;
CREATE TRIGGER sealed BEFORE INSERT ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.seal();
CREATE PROCEDURE shop.place(n int) LANGUAGE plpgsql AS $$
DECLARE c int := 100 + (n * 37) % 900;
BEGIN
  INSERT INTO shop.orders (id, customer, cents) VALUES (n, 'customer ' || n % 97, c);
  INSERT INTO shop.order_lines VALUES (n, 1, c / 3, md5(n || '-1')), (n, 2, c - c / 3, md5(n || '-2'));
  UPDATE bank.accounts SET cents = cents - c WHERE id = n % 8;
  UPDATE bank.accounts SET cents = cents + c WHERE id = (n + 3) % 8;
END$$;
GRANT SELECT ON ALL TABLES IN SCHEMA bank TO auditor;
GRANT SELECT, INSERT ON shop.orders TO clerk;
INSERT INTO bank.accounts SELECT i, 0 FROM generate_series(0, 7) i;
INSERT INTO bank.documents SELECT d, (SELECT string_agg(md5(d || '/' || p), '' ORDER BY p)
  FROM generate_series(1, ${documents.characters / 32}) p) FROM generate_series(1, ${documents.rows}) d;
DO $$BEGIN FOR i IN 1..${seeded} LOOP CALL shop.place(i); END LOOP; END$$;
RESET ROLE;
CHECKPOINT;
`,
  operator: ['psql', '-Xq', '-v', 'ON_ERROR_STOP=1'],
  client: ['psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', 'app'],
  look: `psql -XqAt -d app <<'SQL' || true
SET search_path = pg_catalog;
SET lock_timeout = '5s';
SELECT json_build_object('key', 'server', 'facts', json_build_object('writable',
  CASE WHEN pg_is_in_recovery() THEN 'no' ELSE 'yes' END));
SELECT json_build_object('key', 'database app', 'facts', json_build_object('owner', pg_get_userbyid(datdba),
  'settings', (SELECT string_agg(array_to_string(setconfig, ','), ';') FROM pg_db_role_setting WHERE setdatabase = d.oid)))
  FROM pg_database d WHERE datname = 'app';
SELECT json_build_object('key', 'table ' || c.oid::regclass, 'facts', json_build_object('owner', pg_get_userbyid(relowner),
  'grants', (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(relacl) a), 'columns',
  (SELECT string_agg(concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull), ',' ORDER BY attnum)
   FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0)))
  FROM pg_class c WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('shop', 'bank');
SELECT json_build_object('key', 'index ' || indexrelid::regclass, 'facts', json_build_object('definition',
  pg_get_indexdef(indexrelid))) FROM pg_index JOIN pg_class c ON c.oid = indrelid
  WHERE relnamespace::regnamespace::text IN ('shop', 'bank');
SELECT json_build_object('key', 'constraint ' || conrelid::regclass || ' ' || conname, 'facts', json_build_object(
  'definition', pg_get_constraintdef(oid))) FROM pg_constraint WHERE connamespace::regnamespace::text IN ('shop', 'bank');
SELECT json_build_object('key', 'view ' || oid::regclass, 'facts', json_build_object('owner', pg_get_userbyid(relowner),
  'definition', pg_get_viewdef(oid))) FROM pg_class
  WHERE relkind = 'v' AND relnamespace::regnamespace::text IN ('shop', 'bank');
SELECT json_build_object('key', 'routine ' || oid::regprocedure, 'facts', json_build_object('owner',
  pg_get_userbyid(proowner), 'definition', pg_get_functiondef(oid))) FROM pg_proc
  WHERE pronamespace::regnamespace::text IN ('shop', 'bank');
SELECT json_build_object('key', 'trigger ' || tgname, 'facts', json_build_object('definition', pg_get_triggerdef(oid)))
  FROM pg_trigger WHERE NOT tgisinternal;
SELECT json_build_object('key', 'bank.documents ' || id, 'facts', json_build_object('md5', md5(body))) FROM bank.documents;
SELECT json_build_object('key', 'bank.accounts ' || id, 'facts', json_build_object('cents', cents::text)) FROM bank.accounts;
SELECT json_build_object('key', 'shop.orders ' || id, 'facts', json_build_object('customer', customer, 'cents', cents::text,
  'seal', seal)) FROM shop.orders;
SELECT json_build_object('key', 'shop.order_lines ' || order_id || '-' || line, 'facts', json_build_object('cents',
  cents::text, 'note', note)) FROM shop.order_lines;
SQL
# An account is there when one can log in with it; what it may is its own answer.
PGPASSWORD=inkwell psql -XqAt -h 127.0.0.1 -U clerk -d app <<'SQL' || true
SELECT json_build_object('key', 'account clerk', 'facts', json_build_object('grants', concat_ws(' ',
  has_table_privilege('shop.orders', 'INSERT'), has_table_privilege('bank.accounts', 'SELECT'))));
SQL`,
  nextLog: 'SELECT pg_switch_wal();',
  mistake: 'DROP TABLE bank.documents; DELETE FROM shop.order_lines;',
  shipped: `[ "$(psql -XqAt -c 'SHOW archive_mode')" = on ] || exit 0
wanted=$(psql -XqAt -c 'SELECT pg_walfile_name(pg_switch_wal())')
for _ in $(seq 200); do
  last=$(psql -XqAt -c 'SELECT last_archived_wal FROM pg_stat_archiver')
  [[ "$last" < "$wanted" ]] || exit 0
  sleep 0.05
done
echo "the archive has $last, not $wanted" >&2; exit 1`,
  tools: {
    backup: ['pg_dump', 'pg_dumpall', 'pg_basebackup'],
    restore: ['psql', 'pg_restore', 'cp', 'tar'],
  },
}
