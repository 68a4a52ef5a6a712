namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Breaks what holds for rules: it keeps something.</summary>
internal sealed class KeepingSampleRules
{
    private int asked;

    internal bool IsFirst() => asked++ == 0;
}
