/** The steps of a safe promotion, each of which guards against one thing that goes wrong without it. */
export type Step =
  /** The account of replicas is on every node. */
  | 'account'
  /** Replicas refuse the writes of applications. */
  | 'read-only'
  /** A primary that hands over is set read-only, and its replicas catch up first. */
  | 'hold'
  /** Every survivor stops fetching before one is chosen, so that nobody acknowledges for the old primary any more. */
  | 'fence'
  /** Survivors that hide tables, that somebody wrote on, or that stopped at an error are not promoted. */
  | 'inspect'
  /** A node that an interrupted run promoted already stays primary. */
  | 'resume'
  /** The survivor that has fetched most is promoted, not the first. */
  | 'choose'
  /** How much a survivor has is told by its GTID, and not by a clock. */
  | 'by-gtid'
  /** What it has fetched is applied first. */
  | 'drain'
  /**
   * A thread that applies is started while the one that fetches runs: with GTID a replica whose threads both stand
   * deletes its relay log when one of them is started.
   */
  | 'order'
  /** What a survivor that is not promoted has fetched, and the candidate has not, is carried out on the candidate. */
  | 'rescue'
  /** The new primary waits for a replica as well. */
  | 'wait'
  /** The others go on by GTID. */
  | 'place'
  /** Nodes that do not answer are left out. */
  | 'tolerate'
  /** An old primary that does not hand over is not asked for anything: it may hang for ever. */
  | 'unasked'
  /** A node that is no primary any more waits for no replica: its own applying would stand still for ever. */
  | 'release'
  /** A replica or an old primary that cannot follow is built anew. */
  | 'rebuild'
  /** A read through the splitter is answered by a replica only once that has the last write. */
  | 'read-after'
  /** HAProxy is told where writes go, and finds nobody by itself. */
  | 'lead'
  /** HAProxy is told which replicas may be read from. */
  | 'watch'
