using PartnerPortal.Documents.Layout;
using PartnerPortal.Documents.Text;
using SkiaSharp;

namespace PartnerPortal.Documents;

/// <summary>Writes documents as PDF. The graphics library is loaded by the first one, not by the start.</summary>
public static class PdfFile
{
    public const string ContentType = "application/pdf";

    /// <returns>The whole file. The same document gives the same bytes, on every machine.</returns>
    public static byte[] Write(PdfDocument document)
    {
        using var shaper = new TextShaper();
        var pages = DocumentLayout.Of(document, shaper);
        using var stream = new MemoryStream();
        var about = new SKDocumentPdfMetadata
        {
            Title = document.Title,
            Author = document.Program,
            Creator = document.Program,
            Producer = "PartnerPortal",
            Creation = document.At,
            Modified = document.At,
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        };
        using (var pdf = SKDocument.CreatePdf(stream, about))
        {
            foreach (var page in pages)
            {
                var canvas = pdf.BeginPage(Sheet.Width, Sheet.Height);
                foreach (var mark in page)
                {
                    mark.Draw(canvas);
                }

                pdf.EndPage();
            }

            pdf.Close();
        }

        return stream.ToArray();
    }
}
