import { ec2Error } from './errors.ts'
import { list, structure, text } from './parameters.ts'

/** `Add.n.UserId`, `Remove.n.Group`: one account, or the group of all. */
export const permissionChange = structure({
  Add: list(structure({ UserId: text(), Group: text() })),
  Remove: list(structure({ UserId: text(), Group: text() })),
})

/** @throws Ec2Error InvalidAMIAttributeItemValue for another group than `all` */
export function checkedGroup(group: string): 'all' {
  if (group !== 'all') throw ec2Error('InvalidAMIAttributeItemValue', group, 'userGroup')
  return group
}

/** @throws Ec2Error InvalidAMIAttributeItemValue for what is no account */
export function checkedAccount(id: string, form: RegExp): string {
  if (!form.test(id)) throw ec2Error('InvalidAMIAttributeItemValue', id, 'userId')
  return id
}
