import { ec2Error } from './errors.ts'
import type { RouteTable, RouteTableAssociation } from './resources/route-table.ts'
import { routeTables } from './resources/route-table.ts'
import type { Region } from './store.ts'

/** @throws Ec2Error InvalidAssociationID.NotFound */
export function tableAssociation(
  id: string,
  region: Region,
): { readonly table: RouteTable; readonly association: RouteTableAssociation } {
  for (const table of region.of(routeTables).everything()) {
    const association = table.associations.find((each) => each.id === id)
    if (association !== undefined) return { table, association }
  }
  throw ec2Error('InvalidAssociationID.NotFound', id)
}

export function dropAssociation(table: RouteTable, { id }: RouteTableAssociation): void {
  table.associations = table.associations.filter((each) => each.id !== id)
}
