namespace KohakuRiver.Auth.Benchmarks.Measuring;

/// <summary>
/// Several things measured in turns, so that whatever else the machine does meanwhile meets all of them; the median
/// of the turns counts.
/// </summary>
internal static class Rounds
{
    /// <summary>The medians, in the order of <paramref name="measurements"/>.</summary>
    /// <param name="rounds">How many turns each has; an odd number.</param>
    /// <param name="measurements">Each gives one figure a call.</param>
    public static async Task<double[]> AlternateAsync(int rounds, params IReadOnlyList<Func<Task<double>>> measurements)
    {
        var figures = measurements.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < measurements.Count; i++)
            {
                figures[i][round] = await measurements[i]();
            }
        }

        return Array.ConvertAll(figures, Median);
    }

    public static double Median(double[] figures)
    {
        var sorted = figures.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The figure that <paramref name="share"/> of all figures do not exceed.</summary>
    public static double Percentile(IReadOnlyCollection<double> figures, double share)
    {
        var sorted = figures.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
