using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace KohakuRiver.Cli;

/// <summary>The program that turns pages: <c>PAGER</c>, or <c>less</c> where it is installed; an empty <c>PAGER</c> for none.</summary>
internal static class Pager
{
    private const string Usual = "less";

    /// <summary>Shows the text, and returns when its reader has had enough.</summary>
    /// <returns>Whether there is a pager.</returns>
    internal static bool Show(string text)
    {
        var program = Environment.GetEnvironmentVariable("PAGER") ?? (Programs.Find(Usual) is null ? "" : Usual);
        if (OperatingSystem.IsWindows() || program is "" or "cat")
        {
            return false;
        }

        var info = new ProcessStartInfo("/bin/sh", ["-c", program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };

        // Colours pass, the screen is left as it is, and what fits is not paged: unless its user wants it otherwise.
        info.Environment.TryAdd("LESS", "FRX");
        try
        {
            using var process = Process.Start(info)!;
            try
            {
                process.StandardInput.Write(text);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // Enough was read before the end.
            }

            process.WaitForExit();
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
