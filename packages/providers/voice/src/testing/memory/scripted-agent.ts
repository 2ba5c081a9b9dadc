/** What an agent in a test is told: what the user said, or what a tool gave. */
export interface AgentTurn {
  /** What the user said or wrote. */
  readonly text: string;
  /** Result of the tool that was called for this turn. */
  readonly toolResult?: { readonly name: string; readonly output: string };
}

/** What an agent in a test does: speak, call a tool, or keep silent. */
export type AgentReply =
  | { readonly say: string }
  | { readonly call: { readonly name: string; readonly arguments: string } }
  | undefined;

/** An agent that answers by script. */
export type ScriptedAgent = (turn: AgentTurn) => AgentReply;

/** Repeats what it hears. */
export const ECHO_AGENT: ScriptedAgent = ({ text, toolResult }) => ({ say: toolResult?.output ?? text });
