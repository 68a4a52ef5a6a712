namespace KohakuRiver.SampleHost.Configuration;

/// <summary>The settings are wrong; the messages are for the person who wrote them.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
