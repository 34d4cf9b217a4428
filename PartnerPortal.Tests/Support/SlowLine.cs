using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PartnerPortal.Tests.Support;

/// <summary>
/// Brings each document in pieces with pauses between them, as a slow line or a busy machine does now and then: the browser paints what it has, so whatever takes its place from
/// what comes later is seen to move. The pieces end where a block ends: a sentence that goes on, or the word beside its icon, pushes nothing that anybody reads.
/// </summary>
public sealed class SlowLine : IStartupFilter
{
    private const int Pieces = 16;

    /// <summary>Longer than a frame, so that each piece is painted.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly byte[][] Blocks = [.. new[] { "p", "li", "td", "th", "tr", "div", "section", "nav", "form", "header" }.Select(b => System.Text.Encoding.UTF8.GetBytes($"</{b}>"))];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(AnswerAsync);
        next(app);
    };

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["Sec-Fetch-Dest"] != "document")
        {
            await next(context);
            return;
        }

        context.Request.Headers.AcceptEncoding = default;
        var line = context.Response.Body;
        using var whole = new MemoryStream();
        context.Response.Body = whole;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = line;
        }

        var document = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        var size = (document.Length / Pieces) + 1;
        while (document.Length > 0)
        {
            var piece = document[..EndOfBlock(document.Span, size)];
            document = document[piece.Length..];
            await line.WriteAsync(piece, context.RequestAborted);
            await line.FlushAsync(context.RequestAborted);
            await Task.Delay(Pause, context.RequestAborted);
        }
    }

    /// <summary>Where the first block ends that does so after the given length.</summary>
    private static int EndOfBlock(ReadOnlySpan<byte> document, int least)
    {
        var end = document.Length;
        foreach (var block in Blocks)
        {
            var at = least < document.Length ? document[least..].IndexOf(block) : -1;
            end = at < 0 ? end : Math.Min(end, least + at + block.Length);
        }

        return end;
    }
}
