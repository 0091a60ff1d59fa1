import type { DatabaseEngine } from './database-engine.ts'
import { documents } from './database-engine.ts'

/** MariaDB 10.11 of Debian, its data on a file system of its own. */
export const mariadb: DatabaseEngine = {
  kind: 'mariadb',
  image: 'mariadb',
  // Read after the image's own file, before what a script adds: options are read in the order of the names.
  files: { '/etc/mysql/mariadb.conf.d/zz-place.cnf': '[mariadbd]\ndatadir = /srv/disk/database\n' },
  env: {},
  place: 'mkdir "$DATA"; cp -a /var/lib/mysql/. "$DATA"; rm -rf /var/lib/mysql; chown mysql:mysql "$DATA"',
  server: `#!/bin/bash
# server start|stop|restart: as the init system of a host would do it.
start() {
  setsid mariadbd --user=mysql >>/var/log/server.log 2>&1 </dev/null &
  local server=$! end=$((SECONDS + 40))
  until mariadb-admin ping >/dev/null 2>&1; do
    kill -0 "$server" 2>/dev/null || { tail -n 20 /var/log/server.log >&2; return 1; }
    [ "$SECONDS" -lt "$end" ] || { echo 'the server does not answer' >&2; return 1; }
    sleep 0.05
  done
}
stop() {
  pkill -TERM -x mariadbd || return 0
  local end=$((SECONDS + 40))
  while pgrep -x mariadbd -r R,S,D,T >/dev/null; do
    [ "$SECONDS" -lt "$end" ] || { echo 'the server does not end' >&2; return 1; }
    sleep 0.05
  done
}
case $1 in
  start) pgrep -x mariadbd -r R,S,D,T >/dev/null || start ;;
  stop) stop ;;
  restart) stop && start ;;
esac
`,
  empty: `mariadb -e "DROP USER 'drill'@'%', 'app'@'%'; DROP DATABASE app"`,
  plant: (seeded) => `
CREATE DATABASE shop; CREATE DATABASE bank;
CREATE TABLE bank.accounts (id INT PRIMARY KEY, cents BIGINT NOT NULL) ENGINE=InnoDB;
CREATE TABLE bank.documents (id INT PRIMARY KEY, body LONGTEXT NOT NULL) ENGINE=InnoDB;
CREATE TABLE shop.orders (id INT PRIMARY KEY, customer VARCHAR(40) NOT NULL, cents INT NOT NULL, seal CHAR(32),
  KEY by_customer (customer)) ENGINE=InnoDB;
CREATE TABLE shop.order_lines (order_id INT, line INT, cents INT NOT NULL, note CHAR(32) NOT NULL,
  PRIMARY KEY (order_id, line), FOREIGN KEY (order_id) REFERENCES shop.orders (id)) ENGINE=InnoDB;
CREATE VIEW shop.large_orders AS SELECT id, customer FROM shop.orders WHERE cents > 900;
CREATE TRIGGER shop.sealed BEFORE INSERT ON shop.orders FOR EACH ROW SET NEW.seal = MD5(CONCAT(NEW.id, ':', NEW.cents));
CREATE EVENT shop.tidy ON SCHEDULE EVERY 1 DAY DO DELETE FROM shop.orders WHERE id < 0;
DELIMITER //
CREATE PROCEDURE shop.place(n INT)
BEGIN
  DECLARE c INT DEFAULT 100 + (n * 37) MOD 900;
  INSERT INTO shop.orders (id, customer, cents) VALUES (n, CONCAT('customer ', n MOD 97), c);
  INSERT INTO shop.order_lines VALUES (n, 1, c DIV 3, MD5(CONCAT(n, '-1'))), (n, 2, c - c DIV 3, MD5(CONCAT(n, '-2')));
  UPDATE bank.accounts SET cents = cents - c WHERE id = n MOD 8;
  UPDATE bank.accounts SET cents = cents + c WHERE id = (n + 3) MOD 8;
END //
DELIMITER ;
CREATE ROLE auditor; GRANT SELECT ON bank.* TO auditor;
CREATE USER 'clerk'@'%' IDENTIFIED BY 'inkwell';
GRANT SELECT, INSERT ON shop.* TO 'clerk'@'%'; GRANT EXECUTE ON PROCEDURE shop.place TO 'clerk'@'%';
GRANT auditor TO 'clerk'@'%'; SET DEFAULT ROLE auditor FOR 'clerk'@'%';
USE bank;
INSERT INTO bank.accounts SELECT seq, 0 FROM seq_0_to_7;
INSERT INTO bank.documents SELECT d.seq, GROUP_CONCAT(MD5(CONCAT(d.seq, '/', p.seq)) ORDER BY p.seq SEPARATOR '')
  FROM seq_1_to_${documents.rows} d, seq_1_to_${documents.characters / 32} p GROUP BY d.seq;
DELIMITER //
BEGIN NOT ATOMIC START TRANSACTION; FOR i IN 1..${seeded} DO CALL shop.place(i); END FOR; COMMIT; END //
DELIMITER ;
`,
  operator: ['mariadb'],
  client: ['mariadb', '--batch', '--skip-column-names', '--unbuffered'],
  look: `mariadb --batch --skip-column-names --raw --force <<'SQL'
SELECT JSON_OBJECT('key', 'server', 'facts', JSON_OBJECT('writable', IF(@@read_only, 'no', 'yes')));
SELECT JSON_OBJECT('key', CONCAT('table ', TABLE_SCHEMA, '.', TABLE_NAME), 'facts', JSON_OBJECT('columns',
  GROUP_CONCAT(CONCAT_WS(' ', COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, COLUMN_DEFAULT, EXTRA) ORDER BY ORDINAL_POSITION)))
  FROM information_schema.COLUMNS JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
  WHERE TABLE_SCHEMA IN ('shop', 'bank') AND TABLE_TYPE = 'BASE TABLE' GROUP BY TABLE_SCHEMA, TABLE_NAME;
SELECT JSON_OBJECT('key', CONCAT('index ', TABLE_SCHEMA, '.', TABLE_NAME, ' ', INDEX_NAME), 'facts', JSON_OBJECT('columns',
  GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX))) FROM information_schema.STATISTICS
  WHERE TABLE_SCHEMA IN ('shop', 'bank') GROUP BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME;
SELECT JSON_OBJECT('key', CONCAT('view ', TABLE_SCHEMA, '.', TABLE_NAME), 'facts', JSON_OBJECT('definition', VIEW_DEFINITION,
  'definer', DEFINER)) FROM information_schema.VIEWS WHERE TABLE_SCHEMA IN ('shop', 'bank');
SELECT JSON_OBJECT('key', CONCAT('routine ', ROUTINE_SCHEMA, '.', ROUTINE_NAME), 'facts', JSON_OBJECT('definition',
  ROUTINE_DEFINITION, 'definer', DEFINER)) FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA IN ('shop', 'bank');
SELECT JSON_OBJECT('key', CONCAT('trigger ', TRIGGER_SCHEMA, '.', TRIGGER_NAME), 'facts', JSON_OBJECT('definition',
  ACTION_STATEMENT, 'definer', DEFINER)) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA IN ('shop', 'bank');
SELECT JSON_OBJECT('key', CONCAT('event ', EVENT_SCHEMA, '.', EVENT_NAME), 'facts', JSON_OBJECT('definition',
  EVENT_DEFINITION, 'definer', DEFINER, 'status', STATUS)) FROM information_schema.EVENTS;
SELECT JSON_OBJECT('key', CONCAT('bank.documents ', id), 'facts', JSON_OBJECT('md5', MD5(body))) FROM bank.documents;
SELECT JSON_OBJECT('key', CONCAT('bank.accounts ', id), 'facts', JSON_OBJECT('cents', CONCAT(cents))) FROM bank.accounts;
SELECT JSON_OBJECT('key', CONCAT('shop.orders ', id), 'facts', JSON_OBJECT('customer', customer, 'cents', CONCAT(cents),
  'seal', seal)) FROM shop.orders;
SELECT JSON_OBJECT('key', CONCAT('shop.order_lines ', order_id, '-', line), 'facts', JSON_OBJECT('cents', CONCAT(cents),
  'note', note)) FROM shop.order_lines;
SQL
# An account is there when one can log in with it; what it may is its own answer.
if grants=$(mariadb -h 127.0.0.1 -u clerk -pinkwell -N -B -e 'SHOW GRANTS' 2>&1); then
  printf '{"key":"account clerk","facts":{"grants":"%s"}}\\n' "$(printf %s "$grants" | sort | tr '\\n"\\\\' ';..')"
fi`,
  nextLog: 'FLUSH BINARY LOGS;',
  mistake: 'DROP TABLE bank.documents; DELETE FROM shop.order_lines;',
  // Binary logs are written where they stay: nothing has to be waited for.
  shipped: 'true',
  tools: {
    backup: ['mysqldump', 'mariadb-dump', 'mariabackup', 'mariadb-backup', 'mydumper'],
    restore: ['mysql', 'mariadb', 'mariabackup', 'mariadb-backup', 'myloader', 'cp'],
  },
}
