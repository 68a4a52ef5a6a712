namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>Records that something was imported once; outlives it.</summary>
internal sealed class ImportRow
{
    public ImportKind Kind { get; set; }

    public string Key { get; set; } = "";

    public DateTimeOffset ImportedAt { get; set; }

    /// <summary>The account the mark stands for; it may be deleted. Null for other kinds, and for marks older than this column.</summary>
    public long? UserId { get; set; }
}
