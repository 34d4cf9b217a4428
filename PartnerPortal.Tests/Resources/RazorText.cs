namespace PartnerPortal.Tests.Resources;

/// <summary>Something a reader would see that stands in the markup as it is.</summary>
/// <param name="Line">Counted from one.</param>
/// <param name="Place">"text", or the element and attribute.</param>
/// <param name="Literal">Without the expressions in it.</param>
public sealed record LiteralText(int Line, string Place, string Literal);

/// <summary>
/// Finds the literal text in a Razor file: what stands between tags and in attributes, once expressions, directives and code are taken away.
/// Knows as much of Razor as our files use.
/// </summary>
public sealed partial class RazorText
{
    private static readonly HashSet<string> Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "!doctype"];
    private static readonly HashSet<string> Statements = ["if", "foreach", "for", "while", "switch", "lock", "try", "do"];
    private static readonly HashSet<string> Directives =
        ["page", "using", "inject", "layout", "attribute", "inherits", "implements", "typeparam", "model", "namespace", "rendermode", "addTagHelper", "removeTagHelper", "preservewhitespace"];

    private readonly string _source;
    private readonly List<LiteralText> _found = [];
    private int _at;

    private RazorText(string source) => _source = source;

    public static IReadOnlyList<LiteralText> Find(string source)
    {
        var reader = new RazorText(source);
        reader.Markup(untilClosed: false);
        return reader._found;
    }

    private bool More => _at < _source.Length;

    private char Now => _source[_at];

    /// <summary>Reads markup to the end, or until the element that begins here is closed.</summary>
    private void Markup(bool untilClosed)
    {
        var depth = 0;
        while (More)
        {
            if (Skips("@*", "*@") || Skips("<!--", "-->"))
            {
                continue;
            }

            if (Now == '<' && _at + 1 < _source.Length && (char.IsLetter(_source[_at + 1]) || _source[_at + 1] is '/' or '!'))
            {
                depth += Tag();
                if (untilClosed && depth <= 0)
                {
                    return;
                }
            }
            else if (Now == '@')
            {
                Transition();
            }
            else
            {
                Text();
            }
        }
    }

    private void Text()
    {
        var start = _at;
        while (More && Now != '@' && !(Now == '<' && _at + 1 < _source.Length && (char.IsLetter(_source[_at + 1]) || _source[_at + 1] is '/' or '!')))
        {
            _at++;
        }

        Note("text", _source[start.._at], start);
    }

    /// <returns>How the nesting changes: 1 opened, -1 closed, 0 neither.</returns>
    private int Tag()
    {
        var isClosing = _source[_at + 1] == '/';
        _at += isClosing ? 2 : 1;
        var name = Word();
        if (isClosing)
        {
            SkipTo('>');
            return -1;
        }

        while (More && Now != '>')
        {
            if (Now == '/' && _at + 1 < _source.Length && _source[_at + 1] == '>')
            {
                _at += 2;
                return 0;
            }

            if (Now == '@' && _at + 1 < _source.Length && _source[_at + 1] == '*')
            {
                Skips("@*", "*@");
            }
            else if (char.IsWhiteSpace(Now))
            {
                _at++;
            }
            else
            {
                Attribute(name);
            }
        }

        _at++;
        if (name is "script" or "style")
        {
            _at = Math.Max(_at, _source.IndexOf("</" + name, _at, StringComparison.OrdinalIgnoreCase));
        }

        return Void.Contains(name.ToLowerInvariant()) ? 0 : 1;
    }

    private void Attribute(string element)
    {
        var start = _at;
        while (More && !char.IsWhiteSpace(Now) && Now is not ('=' or '>') && !(Now == '/' && _source[_at + 1] == '>'))
        {
            _at++;
        }

        var name = _source[start.._at];
        if (_at == start)
        {
            _at++;
            return;
        }

        if (!More || Now != '=')
        {
            return;
        }

        _at++;
        var literal = new System.Text.StringBuilder();
        var quote = Now is '"' or '\'' ? Now : (char?)null;
        _at += quote is null ? 0 : 1;
        while (More && (quote is null ? !char.IsWhiteSpace(Now) && Now != '>' : Now != quote))
        {
            if (Now == '@')
            {
                Expression();
            }
            else
            {
                literal.Append(Now);
                _at++;
            }
        }

        _at += quote is null ? 0 : 1;
        if (IsRead(element, name))
        {
            Note($"{element} {name}", literal.ToString(), start);
        }
    }

    /// <summary>Attributes that people see or hear; of components the parameters that are named like them.</summary>
    private static bool IsRead(string element, string name) =>
        name is "aria-label" or "aria-description" or "aria-roledescription" or "aria-valuetext" or "placeholder" or "title" or "alt" or "data-copied"
        || (char.IsUpper(element[0]) && (name.EndsWith("Label", StringComparison.Ordinal)
            || name is "Title" or "Text" or "Sub" or "Hint" or "Lead" or "Placeholder" or "Message" or "Description" or "Heading" or "Caption"));

    /// <summary>After an at sign in markup.</summary>
    private void Transition()
    {
        var word = PeekWord();
        if (Directives.Contains(word) && !(word == "using" && _source[(_at + 6)..].TrimStart().StartsWith('(')))
        {
            SkipTo('\n');
        }
        // A variable may be called code too.
        else if (word is "section" || (word is "code" or "functions" && _source[(_at + 1 + word.Length)..].TrimStart().StartsWith('{')))
        {
            _at = _source.IndexOf('{', _at);
            if (word == "section")
            {
                Code();
            }
            else
            {
                Balanced('{', '}');
            }
        }
        else if (Statements.Contains(word) || word == "using")
        {
            _at += 1 + word.Length;
            Statement();
        }
        else if (_at + 1 < _source.Length && _source[_at + 1] == '{')
        {
            _at++;
            Code();
        }
        else
        {
            Expression();
        }
    }

    private string Word()
    {
        var word = PeekWord(0);
        _at += word.Length;
        return word;
    }

    private string PeekWord(int skip = 1)
    {
        var end = _at + skip;
        while (end < _source.Length && (char.IsLetterOrDigit(_source[end]) || _source[end] is '-' or '_' or '!' or '.' && skip == 0))
        {
            end++;
        }

        return _source[(_at + skip)..end];
    }

    private void Note(string place, string literal, int at)
    {
        var plain = System.Net.WebUtility.HtmlDecode(literal).Trim();
        if (plain.Any(char.IsLetter))
        {
            _found.Add(new LiteralText(1 + _source.AsSpan(0, at).Count('\n'), place, plain));
        }
    }
}
