// The states of rows and the events that lead from one to the next.

export interface StateMachine {
  readonly states: readonly string[];
  readonly init: string;
  readonly weights?: Readonly<Record<string, number>>;
  readonly events: readonly StateEvent[];
}

export interface StateEvent {
  readonly name: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly code: string;
  readonly message: string;
}
