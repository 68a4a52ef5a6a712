namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>One line of <c>rows.tsv</c>: something about security that must hold.</summary>
/// <param name="Id">As people write it: <c>B6</c>, <c>V7.4.2</c>, <c>Known_GitLab2023</c>.</param>
/// <param name="Level">Of the ASVS, or a dash.</param>
/// <param name="Text">What must hold.</param>
/// <param name="Instead">What stands in for a test or beside it: <c>Document: file#heading</c>, <c>Deviation: why</c>, or nothing.</param>
internal sealed record SecurityRow(string Id, string Level, string Text, string Instead)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "KohakuRiver.Auth.Architecture.Tests", "Security");

    internal bool IsKnownWeakness => Id.StartsWith("Known_", StringComparison.Ordinal);

    internal bool IsDeviation => Instead.StartsWith("Deviation: ", StringComparison.Ordinal);

    /// <summary>The document and heading that show the row, or null.</summary>
    internal string? Document => Instead.StartsWith("Document: ", StringComparison.Ordinal) ? Instead["Document: ".Length..] : null;

    internal static IReadOnlyList<SecurityRow> ReadAll() =>
    [
        .. from line in File.ReadAllLines(Path.Combine(Folder, "rows.tsv"))
           where line.Length > 0 && line[0] != '#'
           let parts = line.Split('\t')
           select parts.Length == 4
               ? new SecurityRow(parts[0], parts[1], parts[2], parts[3])
               : throw new InvalidDataException($"rows.tsv: four columns are needed in: {line}"),
    ];
}
