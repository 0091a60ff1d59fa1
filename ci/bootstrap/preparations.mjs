/**
 * What `--with` can ask for, in the order in which it is prepared.
 * @type {readonly string[]}
 */
export const preparations = ['engine', 'browser']
