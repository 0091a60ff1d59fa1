/** The name server BIND: named.conf as statements, and zone files as records. */
export { bindZones, parseBind, type BindConfig, type BindStatement, type BindZone } from './parse.ts'
export type { RecordData, Soa } from './record.ts'
export { quoteBind } from './tokens.ts'
export { parseZone, type Zone, type ZoneOptions, type ZoneRecord } from './zone.ts'
export { quoteZone } from './zone-lines.ts'
