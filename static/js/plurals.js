// Sentences with a number, in the page's language.

const language = document.documentElement.lang;
const rules = new Intl.PluralRules(language);

export const { format } = new Intl.NumberFormat(language);

// samples: a template with a sentence for one number of each plural form ({% plural_forms %}).
export function sentence(samples, number) {
  const form = rules.select(number);
  const sample = [...samples.content.children].find(({ dataset }) => rules.select(dataset.n) === form);
  return sample.textContent.trim().replace(sample.dataset.n, format(number));
}
