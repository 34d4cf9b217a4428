namespace PartnerPortal.Tests.Resources;

/// <content>The part that reads C# among markup.</content>
public sealed partial class RazorText
{
    /// <summary>The rest of an if, a loop or a switch, with its else branches.</summary>
    private void Statement()
    {
        while (More)
        {
            while (More && Now is not ('{' or '('))
            {
                _at++;
            }

            if (More && Now == '(')
            {
                Balanced('(', ')');
                continue;
            }

            Code();
            var rest = _source[_at..].TrimStart();
            if (!rest.StartsWith("else", StringComparison.Ordinal) && !rest.StartsWith("catch", StringComparison.Ordinal) && !rest.StartsWith("finally", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    /// <summary>A block of C# in which elements may stand as statements.</summary>
    private void Code()
    {
        _at++;
        var before = '{';
        while (More && Now != '}')
        {
            if (Skips("@*", "*@") || Skips("//", "\n") || Skips("/*", "*/"))
            {
                continue;
            }

            if (Now == '<' && IsStatementEnd(before) && _at + 1 < _source.Length && char.IsLetter(_source[_at + 1]))
            {
                Markup(untilClosed: true);
                before = '>';
            }
            else if (Now == '@' && IsStatementEnd(before))
            {
                Transition();
                before = '}';
            }
            else if (Now == '{')
            {
                Code();
                before = '}';
            }
            else if (Now is '"' or '\'')
            {
                Quoted();
                before = '"';
            }
            else
            {
                before = char.IsWhiteSpace(Now) ? before : Now;
                _at++;
            }
        }

        _at++;
    }

    /// <summary>An at sign and what belongs to it: a name with members, calls and indexers, or something in parentheses.</summary>
    private void Expression()
    {
        _at++;
        if (!More || Now == '@')
        {
            _at++;
            return;
        }

        if (Now == '(')
        {
            Balanced('(', ')');
            return;
        }

        if (PeekWord(0) == "await")
        {
            _at += 6;
        }

        while (More)
        {
            if (char.IsLetterOrDigit(Now) || Now == '_')
            {
                _at++;
            }
            else if (Now == '(')
            {
                Balanced('(', ')');
            }
            else if (Now == '[')
            {
                Balanced('[', ']');
            }
            else if (Now is '.' or '?' or '!' && _at + 1 < _source.Length && IsMemberAfter(Now, _source[_at + 1]))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private static bool IsStatementEnd(char sign) => sign is '{' or '}' or ';' or ':' or '>';

    private static bool IsMemberAfter(char sign, char next) => sign is '.' ? char.IsLetter(next) : next is '.' or '[';

    private void Balanced(char open, char close)
    {
        var depth = 0;
        while (More)
        {
            if (Now is '"' or '\'')
            {
                Quoted();
                continue;
            }

            depth += Now == open ? 1 : Now == close ? -1 : 0;
            _at++;
            if (depth == 0)
            {
                return;
            }
        }
    }

    private void Quoted()
    {
        var raw = 0;
        while (_at + raw < _source.Length && _source[_at + raw] == '"')
        {
            raw++;
        }

        if (raw >= 3)
        {
            _at = _source.IndexOf(new string('"', raw), _at + raw, StringComparison.Ordinal) + raw;
            return;
        }

        var quote = Now;
        for (_at++; More && Now != quote; _at++)
        {
            if (Now == '\\')
            {
                _at++;
            }
        }

        _at++;
    }

    private bool Skips(string open, string close)
    {
        if (string.CompareOrdinal(_source, _at, open, 0, open.Length) != 0)
        {
            return false;
        }

        var end = _source.IndexOf(close, _at + open.Length, StringComparison.Ordinal);
        _at = end < 0 ? _source.Length : end + close.Length;
        return true;
    }

    private void SkipTo(char end)
    {
        var found = _source.IndexOf(end, _at);
        _at = found < 0 ? _source.Length : found + 1;
    }
}
