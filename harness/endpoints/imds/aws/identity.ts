import type { InstanceFacts } from '../../core/instance-facts.ts'
import { signature, signedData } from '../sign/index.ts'
import { isoSeconds, json } from './text.ts'

/** The identity document, its keys in the order of the alphabet. */
function identityDocument(facts: InstanceFacts): string {
  return json({
    accountId: facts.accountId,
    architecture: facts.architecture ?? 'x86_64',
    availabilityZone: facts.availabilityZone,
    billingProducts: null,
    devpayProductCodes: null,
    imageId: facts.imageId,
    instanceId: facts.instanceId,
    instanceType: facts.instanceType,
    kernelId: null,
    marketplaceProductCodes: null,
    pendingTime: isoSeconds(Date.parse(facts.launchTime)),
    privateIp: facts.privateIpAddress,
    ramdiskId: null,
    region: facts.region,
    version: '2017-09-30',
  })
}

/**
 * What stands below `dynamic/`. Signatures are true ones, made with the mock's own key (`GET /_seatrial/certificate`);
 * AWS makes `pkcs7` with DSA and a key of each region.
 */
export const dynamic: Readonly<Record<string, (facts: InstanceFacts) => string>> = {
  'dynamic/fws/instance-monitoring': () => 'disabled',
  'dynamic/instance-identity/document': identityDocument,
  'dynamic/instance-identity/pkcs7': (facts) => lines(signedData(identityDocument(facts)), 64),
  'dynamic/instance-identity/rsa2048': (facts) => lines(signedData(identityDocument(facts)), 64),
  'dynamic/instance-identity/signature': (facts) => lines(signature(identityDocument(facts)), 76),
}

function lines(bytes: Uint8Array, width: number): string {
  return Buffer.from(bytes)
    .toString('base64')
    .replaceAll(new RegExp(`(.{${width}})(?!$)`, 'g'), '$1\n')
}
