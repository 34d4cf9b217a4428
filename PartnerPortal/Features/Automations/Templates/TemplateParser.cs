using PartnerPortal.Shared;

namespace PartnerPortal.Features.Automations.Templates;

/// <summary>A piece of a line: words, or a field in their place.</summary>
/// <param name="Words">Of no meaning where there is a field.</param>
/// <param name="Field">Null for words.</param>
/// <param name="Label">The words on a button; null for the usual ones.</param>
internal sealed record TemplatePiece(string Words, MailField? Field = null, string? Label = null);

/// <summary>What a text is made of, and what is wrong with it.</summary>
/// <param name="Lines">Each with its pieces; one without any parts paragraphs.</param>
internal sealed record ParsedTemplate(IReadOnlyList<IReadOnlyList<TemplatePiece>> Lines, IReadOnlyList<TemplateProblem> Problems);

/// <summary>
/// Reads <c>{{field}}</c> and <c>{{field | words on the button}}</c>, and nothing else: a language with loops, conditions and filters could fail, or run for long, when a mail is sent,
/// while of this all that can be wrong is known when it is saved.
/// </summary>
internal static class TemplateParser
{
    private const int MostShown = 60;

    public static ParsedTemplate Subject(string text, MailOccasion occasion, string language) => new Reading(occasion, language, TemplatePart.Subject).Read(text);

    public static ParsedTemplate Body(string text, MailOccasion occasion, string language) => new Reading(occasion, language, TemplatePart.Body).Read(text);

    /// <summary>One text while it is read.</summary>
    private sealed class Reading(MailOccasion occasion, string language, TemplatePart part)
    {
        private readonly List<TemplateProblem> _problems = [];
        private int _line;

        public ParsedTemplate Read(string text)
        {
            var lines = new List<IReadOnlyList<TemplatePiece>>();
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            {
                _line++;
                lines.Add(Line(line));
            }

            return new ParsedTemplate(lines, _problems);
        }

        private List<TemplatePiece> Line(string line)
        {
            var pieces = new List<TemplatePiece>();
            var at = 0;
            while (at < line.Length)
            {
                var open = line.IndexOf("{{", at, StringComparison.Ordinal);
                Words(line, at, open < 0 ? line.Length : open, pieces);
                if (open < 0)
                {
                    break;
                }

                var close = line.IndexOf("}}", open, StringComparison.Ordinal);
                if (close < 0)
                {
                    Wrong(TemplateFlaw.Unclosed, open, line[open..]);
                    break;
                }

                if (Field(line, open, close) is { } field)
                {
                    pieces.Add(field);
                }

                at = close + 2;
            }

            return pieces.TrueForAll(p => p.Field is null && string.IsNullOrWhiteSpace(p.Words)) ? [] : pieces;
        }

        private void Words(string line, int from, int to, List<TemplatePiece> pieces)
        {
            if (to == from)
            {
                return;
            }

            var words = line[from..to];
            if (words.IndexOf("}}", StringComparison.Ordinal) is >= 0 and var stray)
            {
                Wrong(TemplateFlaw.Unopened, from + stray, words[..(stray + 2)]);
            }
            else if (SingleBraces(words) is { } single)
            {
                Wrong(TemplateFlaw.SingleBraces, from + single.Index, single.Typed, single.Meant.Written);
            }

            pieces.Add(new TemplatePiece(words));
        }

        /// <returns>What is between one brace and the next, if it is like a field of this occasion.</returns>
        private (int Index, string Typed, MailField Meant)? SingleBraces(string words)
        {
            for (var open = words.IndexOf('{', StringComparison.Ordinal); open >= 0; open = words.IndexOf('{', open + 1))
            {
                if (words.IndexOf('}', open) is > 0 and var close && close - open > 3 && MailFields.Nearest(words[(open + 1)..close], occasion) is { } meant)
                {
                    return (open, words[open..(close + 1)], meant);
                }
            }

            return null;
        }

        private TemplatePiece? Field(string line, int open, int close)
        {
            var inside = line[(open + 2)..close].Split('|', 2);
            var (name, label) = (inside[0].Trim(), inside.Length > 1 ? inside[1].Trim() : null);
            var written = line[open..(close + 2)];
            if (MailFields.Find(name, occasion) is not { } field)
            {
                Wrong(MailFields.IsKnown(name) ? TemplateFlaw.NotGiven : TemplateFlaw.Unknown, open, written, MailFields.Nearest(name, occasion)?.Written);
                return null;
            }

            var isAlone = part is TemplatePart.Body && string.IsNullOrWhiteSpace(line[..open]) && string.IsNullOrWhiteSpace(line[(close + 2)..]);
            var flaw = (part, field) switch
            {
                (TemplatePart.Subject, { FitsSubject: false }) => TemplateFlaw.NotInSubject,
                (_, { Kind: MailFieldKind.Picture }) when !isAlone => TemplateFlaw.NotInLine,
                _ when label is not null && (!isAlone || label.Length == 0 || field.Kind is not MailFieldKind.ToOpen) => TemplateFlaw.NoButton,
                _ => (TemplateFlaw?)null,
            };
            if (flaw is { } wrong)
            {
                Wrong(wrong, open, written);
            }

            return new TemplatePiece("", field, label);
        }

        private void Wrong(TemplateFlaw flaw, int index, string typed, string? meant = null) =>
            _problems.Add(new TemplateProblem(language, part, flaw, _line, index + 1, typed.Length > MostShown ? typed[..MostShown] + "…" : typed, meant));
    }
}
