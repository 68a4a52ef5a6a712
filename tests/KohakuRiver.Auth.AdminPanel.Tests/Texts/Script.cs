using System.Text;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>The texts that stand in a script, each with the code before it.</summary>
internal static class Script
{
    /// <summary>A text and the code of its line before it.</summary>
    /// <param name="Text">The text; of a template without what is put in.</param>
    /// <param name="Before">The code before it, without comments.</param>
    internal sealed record Literal(string Text, string Before);

    internal static IReadOnlyList<Literal> Literals(string script)
    {
        var found = new List<Literal>();
        Read(script, 0, isInTemplate: false, found);
        return found;
    }

    // Until the end, or the brace that ends what is put into a template; gives the place after it.
    private static int Read(string script, int at, bool isInTemplate, List<Literal> found)
    {
        var code = new StringBuilder();
        var depth = 0;
        while (at < script.Length)
        {
            var c = script[at];
            if (At(script, at, "//"))
            {
                at = End(script, at, "\n");
            }
            else if (At(script, at, "/*"))
            {
                at = End(script, at, "*/");
            }
            else if (c is '\'' or '"')
            {
                var end = TextEnd(script, at + 1, c);
                found.Add(new Literal(script[(at + 1)..end], code.ToString()));
                code.Append(script, at, end + 1 - at);
                at = end + 1;
            }
            else if (c == '`')
            {
                at = Template(script, at + 1, code.ToString(), found);
                code.Append("''");
            }
            else if (c == '/' && IsPatternAfter(code))
            {
                at = TextEnd(script, at + 1, '/') + 1;
                code.Append("//");
            }
            else if (c == '}' && isInTemplate && depth == 0)
            {
                return at + 1;
            }
            else
            {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                code.Append(c);
                at++;
                if (c == '\n')
                {
                    code.Clear();
                }
            }
        }

        return at;
    }

    private static int Template(string script, int at, string before, List<Literal> found)
    {
        var text = new StringBuilder();
        while (script[at] != '`')
        {
            if (script[at] == '\\')
            {
                text.Append(script, at, 2);
                at += 2;
            }
            else if (At(script, at, "${"))
            {
                at = Read(script, at + 2, isInTemplate: true, found);
                text.Append("${}");
            }
            else
            {
                text.Append(script[at++]);
            }
        }

        found.Add(new Literal(text.ToString(), before));
        return at + 1;
    }

    private static int TextEnd(string script, int at, char end)
    {
        var isInClass = false;
        while (script[at] != end || isInClass)
        {
            isInClass = end == '/' && (script[at] == '[' || (isInClass && script[at] != ']'));
            at += script[at] == '\\' ? 2 : 1;
        }

        return at;
    }

    private static bool IsPatternAfter(StringBuilder code)
    {
        var before = code.ToString().TrimEnd();
        return before.Length == 0 || "(,=:[!&|?{};>".Contains(before[^1], StringComparison.Ordinal);
    }

    private static bool At(string script, int at, string what) => string.CompareOrdinal(script, at, what, 0, what.Length) == 0;

    private static int End(string script, int at, string what) =>
        script.IndexOf(what, at + 2 <= script.Length ? at + 2 : at, StringComparison.Ordinal) is >= 0 and var end
            ? what == "\n" ? end : end + what.Length
            : script.Length;
}
