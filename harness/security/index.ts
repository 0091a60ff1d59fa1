/**
 * Security: what scanners wrote, and whether it may ship.
 *
 *     report --report/ encoding, readers/<format>--> findings, head, troubles, all as the scanner says them
 *         --gate/ collect--> counted and bounded --sameFacts--> facts --findingsOf--> findings, one step a file
 */
export { gateReports } from './gate/gate-reports.ts'
export type { Gated, GatedFile } from './gate/gate-reports.ts'
export { severities } from './report/told.ts'
