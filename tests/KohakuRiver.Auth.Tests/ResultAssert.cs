namespace KohakuRiver.Auth.Tests;

internal static class ResultAssert
{
    /// <summary>Fails unless the call was refused in that form; gives the refusal.</summary>
    internal static Refusal Refused(RefusalKind kind, KohakuResult outcome)
    {
        Assert.False(outcome.IsSuccess, "It was not refused.");
        Assert.Equal(kind, outcome.Refusal.Kind);
        return outcome.Refusal;
    }

    /// <summary>Fails unless the call was refused because of that field.</summary>
    internal static void Faulty(string field, KohakuResult outcome)
    {
        var refusal = Refused(RefusalKind.Invalid, outcome);
        Assert.Contains(field, refusal.Errors!.Keys);
    }

    /// <summary>The letter of an outcome in a matrix: A allowed, U unauthenticated, F forbidden, H hidden, I invalid, C conflict.</summary>
    internal static char Letter(KohakuResult outcome) => outcome.Refusal?.Kind switch
    {
        null => 'A',
        RefusalKind.Unauthenticated => 'U',
        RefusalKind.Forbidden => 'F',
        RefusalKind.Hidden => 'H',
        RefusalKind.Invalid => 'I',
        RefusalKind.Conflict => 'C',
        _ => '?',
    };
}
