namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Records that something was imported once; outlives it.</summary>
internal sealed class ImportRow
{
    public ImportKind Kind { get; set; }

    public string Key { get; set; } = "";

    public DateTimeOffset ImportedAt { get; set; }
}
