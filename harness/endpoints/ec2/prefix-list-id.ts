import { ec2Error } from './errors.ts'

/** The id of a prefix list, which is kept as it is: the lists themselves are not there. @throws Ec2Error */
export function prefixListId(given: string | undefined): string {
  if (given === undefined || !/^pl-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(given)) {
    throw ec2Error('InvalidParameterValue', `Invalid id: "${given ?? ''}" (expecting "pl-...")`)
  }
  return given
}
