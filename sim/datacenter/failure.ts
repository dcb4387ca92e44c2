/** Why the plant did not do what it was asked to: what is physically so, as a code. Nothing was changed. */
export type PlantFailure =
  | 'no-such-vm'
  | 'no-such-disk'
  | 'no-such-nic'
  | 'no-such-snapshot'
  | 'no-such-template'
  | 'no-room'
  | 'in-use'
  | 'refused';
