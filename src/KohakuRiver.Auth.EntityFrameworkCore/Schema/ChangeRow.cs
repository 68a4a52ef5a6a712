namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>A user touched by a change to principals. Triggers write it; the latest <see cref="ChangeLog.Kept"/> epochs are kept.</summary>
internal sealed class ChangeRow
{
    public long Epoch { get; set; }

    public long UserId { get; set; }
}
