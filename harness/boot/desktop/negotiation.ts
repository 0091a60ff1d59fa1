/**
 * The first words of a remote desktop: X.224 in TPKT, with the negotiation of its security.
 *
 * @see https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-rdpbcgr (2.2.1.1 and 2.2.1.2)
 */
const protocols = { plain: 0, tls: 1, credssp: 2 } as const

/** What a server that speaks it can answer with. */
export type Negotiated =
  | { readonly security: 'plain' | 'tls' | 'other' }
  /** RDP_NEG_FAILURE and its code. */
  | { readonly refused: number }

const header = 4

/** A connection request that offers TLS and nothing else. */
export function connectionRequest(): Buffer {
  const cookie = Buffer.from('Cookie: mstshash=seatrial\r\n')
  const negotiation = Buffer.from([1, 0, 8, 0, protocols.tls, 0, 0, 0])
  const fixed = Buffer.from([0xe0, 0, 0, 0, 0, 0])
  const x224 = Buffer.concat([fixed, cookie, negotiation])
  const length = header + 1 + x224.length
  return Buffer.concat([Buffer.from([3, 0, length >> 8, length & 0xff, x224.length]), x224])
}

/** How long the packet is that begins so; undefined as long as that cannot be told. @throws Error when it is no TPKT */
export function packetLength(bytes: Buffer): number | undefined {
  if (bytes.length > 0 && bytes[0] !== 3) throw new Error(`no remote desktop: it says ${told(bytes)}`)
  return bytes.length < header ? undefined : bytes.readUInt16BE(2)
}

/** Reads a connection confirm. @throws Error when it is none */
export function readConfirm(packet: Buffer): Negotiated {
  const kind = packet[header + 1]
  if (kind === undefined || (kind & 0xf0) !== 0xd0) throw new Error(`no connection confirm: ${told(packet)}`)
  // LI counts what follows it; a server older than the negotiation says nothing after the fixed part.
  const negotiation = packet.subarray(header + 7)
  if (negotiation.length < 8) return { security: 'plain' }
  const value = negotiation.readUInt32LE(4)
  if (negotiation[0] === 3) return { refused: value }
  if (negotiation[0] !== 2) throw new Error(`no negotiation in the confirm: ${told(packet)}`)
  if (value === protocols.tls) return { security: 'tls' }
  return { security: value === protocols.plain ? 'plain' : 'other' }
}

function told(bytes: Buffer): string {
  return bytes.subarray(0, 32).toString('hex')
}
