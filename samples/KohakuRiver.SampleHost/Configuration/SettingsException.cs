using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>The settings are wrong; the messages are for the person who wrote them.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : OptionsValidationException("", typeof(SampleHostOptions), faults);
