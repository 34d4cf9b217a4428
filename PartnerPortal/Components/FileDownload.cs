using Microsoft.JSInterop;

namespace PartnerPortal.Components;

/// <summary>Saves a file that an open page makes, as if it had been downloaded.</summary>
public static class FileDownload
{
    /// <param name="js">Of the page.</param>
    /// <param name="name">Of the file, with its ending.</param>
    /// <param name="write">Writes it.</param>
    public static async Task DownloadCsvAsync(this IJSRuntime js, string name, Func<Stream, Task> write)
    {
        using var file = new MemoryStream();
        await write(file);
        await js.DownloadCsvAsync(name, file);
    }

    /// <param name="js">Of the page.</param>
    /// <param name="name">Of the file, with its ending.</param>
    /// <param name="file">The whole of it is saved; the caller disposes of it.</param>
    public static async Task DownloadCsvAsync(this IJSRuntime js, string name, MemoryStream file)
    {
        file.Position = 0;
        using var content = new DotNetStreamReference(file, leaveOpen: true);
        await using var portal = await js.InvokeAsync<IJSObjectReference>("import", "/js/portal.js");
        await portal.InvokeVoidAsync("download", name, "text/csv;charset=utf-8", content);
    }
}
