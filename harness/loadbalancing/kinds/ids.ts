/** The words that a configuration has for kinds of balancers. */
export const kindIds = ['haproxy', 'nginx', 'apache'] as const
