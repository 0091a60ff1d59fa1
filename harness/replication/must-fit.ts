import { SeatrialError } from '../kernel/index.ts'
import type { Building } from './building.ts'
import type { Drill } from './drill.ts'
import type { Procedure } from './procedure.ts'

export interface Fitting {
  readonly drill: Drill
  readonly procedure: Procedure
  readonly building?: Building | undefined
}

/** @throws SeatrialError `SEATRIAL_DRILL_UNFIT`, unsettled as unsupported */
export function mustFit(given: Fitting): void {
  const why = drillUnfit(given) ?? buildingUnfit(given)
  if (why === undefined) return
  const { drill, procedure, building } = given
  const what = building === undefined ? drill.id : `${drill.id} with ${building.id}`
  throw new SeatrialError('SEATRIAL_DRILL_UNFIT', `${what} cannot be tried with ${procedure.id}: ${why}`, {
    mend: 'Choose another drill or building for this procedure; `seatrial drill list` names them.',
    because: 'unsupported',
  })
}

function drillUnfit({ drill, procedure, building }: Fitting): string | undefined {
  if (drill.engine !== undefined && drill.engine !== procedure.engine) {
    return `its fault is written in statements of ${drill.engine}`
  }
  if (drill.needs === 'semi-sync' && procedure.cluster.semiSync === undefined) {
    return 'its fault is one of semi-synchronous replication'
  }
  if (drill.needs === 'rejoin' && procedure.rejoin === undefined) {
    return 'the old primary returns in it, and the procedure does not say how'
  }
  if (building !== undefined && (drill.front ?? 'address') !== 'address') {
    return 'its clients read from replicas, and those are only just being built'
  }
  return undefined
}

/** Why a building cannot be tried with a procedure. */
export function buildingUnfit({ procedure, building }: Omit<Fitting, 'drill'>): string | undefined {
  if (building === undefined) return undefined
  if (building.engine !== procedure.engine) return `it builds replicas of ${building.engine}`
  if (building.gtid && !procedure.cluster.gtid) return 'it needs a cluster that is run by GTID'
  if (procedure.aroundBuilding === undefined) return 'the procedure does not say how replicas that are built join'
  return undefined
}
