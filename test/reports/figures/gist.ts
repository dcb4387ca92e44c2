/** What a snapshot of a figure keeps of it. */
/** The text alternative, the words, and what is drawn of the data: what a reviewer can read. */
export function gist(svg: string): string[] {
  const words = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]!);
  const groups = [...svg.matchAll(/<g ([^>]*aria-label="(line|area|rule|bar|dot)"[^>]*)>(.*?)<\/g>/g)];
  const drawn = groups.map(([, attributes, label, inside]) => {
    const marks = [...inside!.matchAll(/<\w+ ([^>]*)>/g)].map((match) => match[1]!);
    const ink = [...`${attributes!} ${marks[0]!}`.matchAll(/ (?:stroke|fill|stroke-dasharray)="([^"]*)"/g)];
    const shapes = marks.map((mark) => [...mark.matchAll(/(?:^| )(?:d|[xyr][12]?|c[xy]|width|height)="([^"]*)"/g)]);
    return `${label!} in ${ink.map((match) => match[1]!).join(' ')}: ${shapes.map((of) => of.map((one) => one[1]!).join(' ')).join('; ')}`;
  });
  return [/aria-label="([^"]*)"/.exec(svg)![1]!, words.join(' | '), ...drawn];
}
