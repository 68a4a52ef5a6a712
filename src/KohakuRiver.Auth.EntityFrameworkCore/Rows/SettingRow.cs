namespace KohakuRiver.Auth.EntityFrameworkCore.Rows;

internal sealed class SettingRow
{
    public string Name { get; set; } = "";

    /// <summary>JSON.</summary>
    public string Value { get; set; } = "";
}
