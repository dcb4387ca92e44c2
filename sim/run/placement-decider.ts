/**
 * Answers a zone's questions with a policy in this process, in the same instant. The policy's chance is a stream of its
 * own, so that a policy that draws moves nobody else's draws.
 */
import type { CloudView, PlacementPolicy } from '../control/policy.js';
import type { Decision, Question } from '../control/ports.js';
import type { Streams } from '../engine/streams.js';

export function placementDecider(
  policy: PlacementPolicy,
  view: CloudView,
  streams: Streams,
): (question: Question) => Decision {
  const stream = streams.stream(`policies/placement/${view.zone}/${policy.name}`);
  const context = { draw: () => stream.next(), keepGoing: () => true };
  return ({ vm, account, demand }) => policy.place({ vm, account, demand }, view, context);
}
