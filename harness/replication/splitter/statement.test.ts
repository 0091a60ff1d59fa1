import { expect, test } from 'vitest'
import { kindOf } from './statement.ts'

test.each([
  'SELECT number FROM app.ledger WHERE client = 3',
  '  select 1 from dual;',
  '(SELECT id FROM a) UNION (SELECT id FROM b)',
  '/* page 3 */ SELECT * FROM t',
  '-- page 3\nSELECT * FROM t',
  'SELECT @@server_id AS node, number FROM app.ledger',
])('may be answered by a replica: %s', (statement) => {
  expect(kindOf(statement)).toBe('read')
})

test.each([
  'SELECT * FROM t FOR UPDATE',
  'SELECT * FROM t LOCK IN SHARE MODE',
  'SELECT * INTO @a FROM t',
  'SELECT @total FROM t',
  'SELECT GET_LOCK("a", 1) FROM dual',
  'SELECT NEXTVAL(s) FROM dual',
  'SELECT @@last_insert_id',
  'SELECT 1',
  'SELECT 1 FROM t; DELETE FROM t',
  'SELECT /*!50000 1 FROM t FOR UPDATE */ FROM t',
  'INSERT INTO t SELECT * FROM u',
  'WITH a AS (SELECT 1 FROM t) DELETE FROM t',
  'BEGIN',
  'COMMIT',
  'SHOW TABLES',
  '',
])('belongs to the primary: %s', (statement) => {
  expect(kindOf(statement)).toBe('other')
})

test.each([
  'SET autocommit = 0',
  'use shop',
  'CREATE TEMPORARY TABLE t (a INT)',
  'LOCK TABLES t READ',
  'PREPARE a FROM "x"',
])('changes the session, so that it stays at the primary: %s', (statement) => {
  expect(kindOf(statement)).toBe('session')
})
