namespace KohakuRiver.Auth.Benchmarks.Reporting;

/// <summary>One measured thing.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Value">The measured value in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of <paramref name="Value"/>.</param>
/// <param name="Goal">The goal as text; empty where there is none.</param>
/// <param name="Passed">Whether the goal is reached; null where there is none.</param>
internal sealed record Row(string What, double Value, string Unit, string Goal = "", bool? Passed = null)
{
    /// <summary>The ratio to what the row is compared with; null where it is compared with nothing.</summary>
    public double? Ratio { get; init; }

    /// <summary>What else there is to say; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>The verdict in one word; empty where there is no goal.</summary>
    public string Verdict => Passed switch { true => "pass", false => "short", null => "" };
}
