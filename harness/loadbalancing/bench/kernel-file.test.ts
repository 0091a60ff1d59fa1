import { expect, test } from 'vitest'
import { settingsIn } from './kernel-file.ts'

test.each([
  ['net.core.somaxconn = 4096', 'net.core.somaxconn', '4096'],
  ['net.core.somaxconn=4096', 'net.core.somaxconn', '4096'],
  ['-net.core.somaxconn = 4096', 'net.core.somaxconn', '4096'],
  ['net/core/somaxconn = 4096', 'net.core.somaxconn', '4096'],
  ['net/ipv4/conf/eth0.1/arp_notify = 1', 'net.ipv4.conf.eth0/1.arp_notify', '1'],
  ['net.ipv4.tcp_rmem = 4096\t87380   16777216  ', 'net.ipv4.tcp_rmem', '4096 87380 16777216'],
])('a line of a settings file: %s', (line, name, wanted) => {
  expect(settingsIn(line)).toEqual([{ name, wanted, line: 1 }])
})

test.each(['', '# net.core.somaxconn = 1', '; net.core.somaxconn = 1', 'net.core.somaxconn'])(
  'a line that sets nothing: %j',
  (line) => {
    expect(settingsIn(line)).toEqual([])
  },
)

test('the last line on a name counts', () => {
  expect(settingsIn('a.b = 1\nc.d = 2\na.b = 3')).toEqual([
    { name: 'a.b', wanted: '3', line: 3 },
    { name: 'c.d', wanted: '2', line: 2 },
  ])
})
