import { expect, test } from 'vitest';
import { html, trusted } from '../../reports/html.js';

test('what is put into a template is text, wherever it stands', () => {
  const evil = `"><script>alert('x')</script>&amp;`;
  expect(html`<p title="${evil}">${evil}</p>`.text).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">' +
      '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
  );
});

test('templates within templates stay markup, null is nothing, and trusted text is as it is', () => {
  const items = ['a', '<b>'].map((one) => html`<li>${one}</li>`);
  const parts = html`<p>${items}${null}${0}${trusted('<svg></svg>')}</p>`;
  expect(parts.text).toBe('<p><li>a</li><li>&lt;b&gt;</li>0<svg></svg></p>');
});
