import { buildImage } from './docker/image.ts'

/** The tag of an image of `fixtures/images`, built when it is not there. For tests of this project. */
export async function fixtureImage(name: string): Promise<string> {
  return buildImage(new URL(`../../fixtures/images/${name}`, import.meta.url).pathname)
}
