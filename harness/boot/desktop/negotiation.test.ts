import { describe, expect, test } from 'vitest'
import { connectionRequest, packetLength, readConfirm } from './negotiation.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('the first words of a remote desktop', () => {
  test('the request counts its own bytes, carries a cookie and offers TLS', () => {
    const request = connectionRequest()
    expect(packetLength(request)).toBe(request.length)
    expect(request[4]).toBe(request.length - 5)
    expect(request.toString('latin1')).toContain('Cookie: mstshash=seatrial\r\n')
    expect(request.subarray(-8)).toEqual(bytes('01 00 08 00 01 00 00 00'))
  })

  test.each([
    ['TLS', '03 00 00 13 0e d0 00 00 12 34 00 02 00 08 00 01 00 00 00', { security: 'tls' }],
    ['its own encryption', '03 00 00 13 0e d0 00 00 12 34 00 02 00 08 00 00 00 00 00', { security: 'plain' }],
    [
      'something that was not offered',
      '03 00 00 13 0e d0 00 00 12 34 00 02 00 08 00 08 00 00 00',
      { security: 'other' },
    ],
    ['a refusal', '03 00 00 13 0e d0 00 00 12 34 00 03 00 08 00 02 00 00 00', { refused: 2 }],
    ['a confirm from before the negotiation', '03 00 00 0b 06 d0 00 00 12 34 00', { security: 'plain' }],
  ])('%s is read from the confirm', (_, packet, negotiated) => {
    expect(readConfirm(bytes(packet))).toEqual(negotiated)
  })

  test('who answers with other words is no remote desktop', () => {
    expect(() => packetLength(Buffer.from('SSH-2.0-OpenSSH'))).toThrow('no remote desktop')
    expect(() => readConfirm(bytes('03 00 00 09 04 f0 00 00 00'))).toThrow('no connection confirm')
    expect(() => readConfirm(bytes('03 00 00 13 0e d0 00 00 12 34 00 09 00 08 00 00 00 00 00'))).toThrow('negotiation')
  })

  test('of a packet that has only begun the length is not known yet', () => {
    expect(packetLength(bytes('03 00'))).toBeUndefined()
  })
})
