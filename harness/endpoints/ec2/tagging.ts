import { ec2Error } from './errors.ts'
import { list, structure, text } from './parameters.ts'
import type { Resource, ResourceKind } from './resource.ts'
import type { Region } from './store.ts'
import type { Xml } from './wire/xml.ts'

export const tagList = list(structure({ Key: text(), Value: text() }))
export type TagList = readonly { readonly Key: string | undefined; readonly Value: string | undefined }[]

/** `TagSpecification.n`: tags for what an operation makes, by resource type. */
export const tagSpecifications = list(structure({ ResourceType: text(), Tag: tagList }))
export type TagSpecifications = readonly { readonly ResourceType: string | undefined; readonly Tag: TagList }[]

/** Of a resource, without those that AWS sets itself. */
const mostTags = 50

/**
 * The tags of a list, checked as the service does (EC2 User Guide, "Tag restrictions").
 *
 * @throws Ec2Error InvalidParameterValue, TagLimitExceeded
 */
export function checkedTags(tags: TagList): { key: string; value: string }[] {
  return tags.map(({ Key: key, Value: value = '' }) => {
    if (key === undefined || key === '') throw ec2Error('InvalidParameterValue', 'Tag key cannot be empty')
    if (key.length > 127) {
      throw ec2Error('InvalidParameterValue', `Tag key exceeds the maximum length of 127 characters: '${key}'`)
    }
    if (value.length > 255) {
      throw ec2Error('InvalidParameterValue', `Tag value exceeds the maximum length of 255 characters: '${value}'`)
    }
    if (/^aws:/i.test(key)) {
      throw ec2Error('InvalidParameterValue', "Tag keys starting with 'aws:' are reserved for internal use")
    }
    return { key, value }
  })
}

/** Puts tags on a resource. @throws Ec2Error TagLimitExceeded, InvalidParameterValue */
export function tagResource(region: Region, kind: string, id: string, tags: TagList): void {
  const checked = checkedTags(tags)
  const keys = new Set([...region.tags.of(id).keys(), ...checked.map(({ key }) => key)])
  if (keys.size > mostTags) throw ec2Error('TagLimitExceeded')
  for (const { key, value } of checked) region.tags.set(id, kind, key, value)
}

/** Refuses specifications for what an operation does not make. Call it before anything is made. */
export function checkSpecifications(specifications: TagSpecifications, kinds: readonly string[]): void {
  for (const { ResourceType: type, Tag } of specifications) {
    if (type === undefined) throw ec2Error('MissingParameter', 'TagSpecification.ResourceType')
    if (!kinds.includes(type)) {
      throw ec2Error('InvalidParameterValue', `'${type}' is not a valid taggable resource type for this operation.`)
    }
    if (Tag.length === 0) throw ec2Error('InvalidParameterValue', 'Tag specification must have at least one tag')
    checkedTags(Tag)
  }
}

/** Puts the tags on that the specifications have for this kind. */
export function tagAsSpecified<T extends Resource>(
  region: Region,
  kind: ResourceKind<T>,
  id: string,
  specifications: TagSpecifications,
): void {
  for (const { ResourceType, Tag } of specifications)
    if (ResourceType === kind.name) tagResource(region, kind.name, id, Tag)
}

/** `<tagSet>`; empty when there are none, as every description has it. */
export function tagSet(region: Region, id: string): Xml {
  const tags = region.tags.of(id)
  return tags.size === 0 ? [] : [...tags].map(([key, value]) => ({ key, value }))
}

/** `<tagSet>` as most kinds have it: not there when there are no tags. */
export function tagsOf(region: Region, id: string): Xml {
  return region.tags.of(id).size === 0 ? undefined : tagSet(region, id)
}
