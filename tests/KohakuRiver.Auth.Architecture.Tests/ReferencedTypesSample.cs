using System.Text;

namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Uses one type in each place that counts: a body, a lambda, an iterator, a catch, a generic argument, an attribute.</summary>
internal static class ReferencedTypesSample
{
    internal static object InBody(int kind)
    {
        switch (kind)
        {
            case 0: return "0";
            case 1: return new StringBuilder().Append(kind).ToString();
            case 2: return 2;
            case 3: return 3;
            default: return 4L;
        }
    }

    internal static Func<string> InLambda() => () => Guid.Empty.ToString();

    internal static IEnumerable<string> InIterator()
    {
        yield return new Uri("about:blank").ToString();
    }

    internal static bool InCatch(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal static object InGeneric() => new List<Version>();

    [Obsolete("A sample.")]
    internal static void InAttribute()
    {
    }
}
