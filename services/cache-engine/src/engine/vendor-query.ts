import type { Question, QuestionContext } from './question.ts';

/**
 * A vendor's bare question as the conversation that is put to the model. The context travels as quoted JSON, so that a
 * place or an id cannot pass for an instruction.
 */
export function questionOfQuery(text: string, model: string, context: QuestionContext): Question {
  const { vendorType, weddingDate, location } = context;
  const facts = JSON.stringify({ vendorType, weddingDate, location });
  return {
    context,
    model,
    messages: [
      {
        role: 'system',
        text: `You answer questions on planning weddings. What is known of the asker and the wedding: ${facts}`,
      },
      { role: 'user', text },
    ],
    parameters: {},
  };
}
