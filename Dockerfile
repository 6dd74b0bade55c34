FROM python:3.13-slim

RUN useradd --create-home --uid 10001 atlas && mkdir /data && chown atlas /data
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=atlas . .
# The app fills static/ at its first start; everything else stays as it was built.
RUN mkdir -p static && chown atlas static /app
USER atlas

# A dataset of your own lies in the volume: run with -e CONTROL_ATLAS_DATA=/data/my-dataset
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501"]
