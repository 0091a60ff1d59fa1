/** Whether a path is a folder, or lies somewhere below it. Both absolute; a slash at the folder's end changes nothing. */
export function isWithin(path: string, folder: string): boolean {
  const bare = folder.endsWith('/') ? folder.slice(0, -1) : folder
  return path.startsWith(bare) && (path.length === bare.length || path[bare.length] === '/')
}
